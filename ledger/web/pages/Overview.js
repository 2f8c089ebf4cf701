// What fava's own frame lacks on all pages, ours and its: the language, by which screens read and
// fonts are chosen, and hints in the fields at the top that can be read.

const COLOURS = {
  "--header-placeholder-background": ["#dce9f2", "#14344a"],
  "--header-placeholder-color": ["#3d5666", "#c3d9e8"],
};

export default {
  init() {
    const root = document.documentElement;
    root.lang = "zh-CN";
    for (const [name, [light, dark]] of Object.entries(COLOURS)) {
      const value = `var(--lightningcss-light, ${light}) var(--lightningcss-dark, ${dark})`;
      root.style.setProperty(name, value);
    }
  },
};
