// Opens dialogs from links with data-dialog, and asks before a form with data-confirm is sent.
// Without script the link leads to a page, and the form is sent at once.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  const dialog = link && document.getElementById(link.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  ask(form, event.submitter);
});

function ask(form, pressed) {
  const dialog = document.createElement("dialog");
  const question = document.createElement("h2");
  question.id = "confirm-question";
  question.textContent = form.dataset.confirm;
  dialog.setAttribute("aria-labelledby", question.id);
  const yes = button(pressed ? pressed.textContent : "OK", pressed ? pressed.className : "btn btn-primary");
  const no = button(form.dataset.cancel, "btn btn-plain");
  const row = document.createElement("div");
  row.className = "buttons";
  row.append(yes, no);
  dialog.append(question, row);
  document.body.append(dialog);
  yes.classList.remove("btn-small");
  yes.addEventListener("click", () => {
    form.dataset.confirmed = "yes";
    dialog.close();
    form.requestSubmit(pressed);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  no.focus();
}

function button(label, className) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = label;
  return made;
}
