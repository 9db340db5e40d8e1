// Saves each answer by itself. Without it the form's own button saves everything.
//
// A part of the page with data-autosave-url, data-version and data-name holds one answer. It is sent by POST as
//   csrf_token, field (the name), version (the one this text was based on), value (none, one or several)
// and the server answers in JSON:
//   200 {"version": 8}                            saved
//   409 {"version": 9, "theirs": "…" or ["…"]}    somebody else saved first; "shown" may hold the text for people
//   422 {"error": "…"}                            not saved, and why
//   401, 403 or 400                               signed out, or no longer allowed
const words = document.getElementById("autosave-words");
const PAUSE = 900;
const RETRY = 5000;

for (const part of document.querySelectorAll("[data-autosave-url]")) keep(part);

function keep(part) {
  const status = part.querySelector("[role=status]");
  const answer = { part, status, timer: 0, sending: false, again: false, saved: serialise(part) };
  const soon = (wait) => {
    clearTimeout(answer.timer);
    answer.timer = setTimeout(() => save(answer), wait);
  };
  answer.soon = soon;
  part.addEventListener("input", () => soon(PAUSE));
  part.addEventListener("change", () => soon(0));
  window.addEventListener("online", () => changed(answer) && soon(0));
  window.addEventListener("beforeunload", (event) => changed(answer) && event.preventDefault());
  part.closest("form").addEventListener("submit", (event) => {
    clearTimeout(answer.timer);
    if (answer.sending) wait(event);
    else answer.saved = serialise(part);
  });
}

// What is on its way is let through before the form follows, or the form would clash with it.
function wait(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(() => event.target.requestSubmit(event.submitter), 50);
}

// Notes which version is on the screen: here, and in the form, which may be sent as a whole later.
function noted(part, version) {
  part.dataset.version = version;
  const kept = part.closest("form").elements[`${part.dataset.name}_version`];
  if (kept) kept.value = version;
}

function inputs(part) {
  return [...part.querySelectorAll("input, select, textarea")].filter((input) => input.name === part.dataset.name);
}

function values(part) {
  return inputs(part)
    .filter((input) => !["checkbox", "radio"].includes(input.type) || input.checked)
    .map((input) => input.value);
}

function serialise(part) {
  return JSON.stringify(values(part));
}

function changed(answer) {
  return serialise(answer.part) !== answer.saved;
}

function say(answer, what, bad = false) {
  answer.status.textContent = words.dataset[what] ?? what;
  answer.status.classList.toggle("saved--not", bad);
}

async function save(answer) {
  if (answer.sending) {
    answer.again = true;
    return;
  }
  if (!changed(answer) || answer.part.querySelector(".theirs[data-asking]")) return;
  answer.sending = true;
  const sent = serialise(answer.part);
  say(answer, "saving");
  try {
    const response = await fetch(answer.part.dataset.autosaveUrl, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: body(answer.part),
    });
    await take(answer, sent, response);
  } catch {
    say(answer, "offline", true);
    answer.soon(RETRY);
  }
  answer.sending = false;
  if (answer.again) {
    answer.again = false;
    answer.soon(0);
  }
}

function body(part) {
  const data = new FormData();
  data.append("csrf_token", part.closest("form").elements.csrf_token.value);
  data.append("field", part.dataset.name);
  data.append("version", part.dataset.version);
  for (const value of values(part)) data.append("value", value);
  return data;
}

async function take(answer, sent, response) {
  const told = await response.json().catch(() => ({}));
  const { status } = response;
  if (response.ok && told.version !== undefined) {
    answer.saved = sent;
    noted(answer.part, told.version);
    say(answer, "saved");
  } else if (status === 409 && told.version !== undefined) {
    clash(answer, told);
  } else if ([400, 401, 403].includes(status) || response.redirected) {
    say(answer, "signedOut", true);
    await renew(answer.part.closest("form"));
    answer.soon(4 * RETRY);
  } else if (status >= 500 || status === 429) {
    say(answer, told.error ?? "offline", true);
    answer.soon(2 * RETRY);
  } else {
    say(answer, told.error ?? "refused", true);
  }
}

// Who signed in again in another tab has another token; the page, asked for again, tells it.
async function renew(form) {
  const page = await fetch(location.href);
  if (!page.ok || page.redirected) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("input[name=csrf_token]")?.value;
  if (token) form.elements.csrf_token.value = token;
}

function clash(answer, told) {
  const { part } = answer;
  const theirs = [told.theirs ?? ""].flat().map(String);
  const labels = (chosen) => (inputs(part).length > 1 ? chosen.map((value) => label(part, value)) : chosen);
  const shown = words.content.firstElementChild.cloneNode(true);
  shown.dataset.asking = "";
  shown.querySelector("[data-theirs]").textContent = told.shown ?? labels(theirs).join("\n");
  shown.querySelector("[data-mine]").textContent = labels(values(part)).join("\n");
  const written = part.querySelector("textarea");
  if (!written) shown.querySelector("[data-keep=both]").remove();
  shown.addEventListener("click", (event) => {
    const choice = event.target.dataset.keep;
    if (!choice) return;
    noted(part, told.version);
    answer.saved = JSON.stringify(theirs);
    if (choice === "theirs") put(part, theirs);
    if (choice === "both") written.value = `${theirs.join("\n")}\n\n${written.value}`;
    shown.remove();
    say(answer, changed(answer) ? "saving" : "saved");
    (written ?? inputs(part)[0]).focus();
    part.dispatchEvent(new Event("input", { bubbles: true }));
    answer.soon(0);
  });
  part.append(shown);
  say(answer, "clash", true);
}

function label(part, value) {
  const input = inputs(part).find((candidate) => candidate.value === value);
  return input?.labels?.[0]?.textContent.trim() ?? value;
}

function put(part, chosen) {
  for (const input of inputs(part)) {
    if (["checkbox", "radio"].includes(input.type)) input.checked = chosen.includes(input.value);
    else input.value = chosen[0] ?? "";
  }
  const area = part.querySelector("textarea[data-words]");
  area?.dispatchEvent(new Event("input", { bubbles: true }));
}
