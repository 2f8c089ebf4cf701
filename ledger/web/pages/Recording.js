// The form's script is served beside fava (yusuan web); under plain fava there is no form.

export default {
  async onExtensionPageLoad() {
    const form = document.getElementById("ysr");
    if (form instanceof HTMLFormElement && !form.dataset.started) {
      form.dataset.started = "yes";
      const { start } = await import(
        new URL("/yusuan/look/static/desk.js", location.origin).href
      );
      await start(form);
    }
  },
};
