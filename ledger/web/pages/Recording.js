// The form's script is served beside fava (yusuan web); under plain fava there is no form.

/** The form that was drawn last; fava draws the page anew when somebody else has recorded. */
let last;

/** Whether something is filled in that has not been recorded. */
function filledIn(form) {
  const names = ["amount", "payee", "text", "voucher"];
  return [...form.elements].some(
    (element) => element.value && (names.includes(element.name) || element.dataset.name),
  );
}

export default {
  async onExtensionPageLoad() {
    const form = document.getElementById("ysr");
    if (!(form instanceof HTMLFormElement) || form.dataset.started) return;
    if (last && filledIn(last)) {
      form.replaceWith(last);
      // There may be less room by now.
      last.dispatchEvent(new Event("change"));
      return;
    }
    last = form;
    form.dataset.started = "yes";
    const { start } = await import(
      new URL("/yusuan/look/static/desk.js", location.origin).href
    );
    await start(form);
  },
};
