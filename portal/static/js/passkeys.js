// Asks the browser for a passkey before a form with data-passkey is sent, and puts its answer into the form.
// The form is hidden where there is no script, or where the browser knows no passkeys.
//   data-passkey    "get" to sign with one, "create" to make one
//   data-challenge  where the portal says what to ask
//   data-failed     what to say when nothing came of it
const forms = document.querySelectorAll("form[data-passkey]");

if (window.PublicKeyCredential) {
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", (event) => ask(event, form));
  }
} else {
  for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = false;
}

async function ask(event, form) {
  const sent = form.elements.credential;
  if (sent.value) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    sent.value = JSON.stringify(await answer(form));
    form.submit();
  } catch {
    form.querySelector("[role=status]").textContent = form.dataset.failed;
    button.disabled = false;
  }
}

async function answer(form) {
  const response = await fetch(form.dataset.challenge, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.status);
  const publicKey = read(await response.json());
  const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
  return written(made);
}

function read(options) {
  const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) read.allowCredentials = keys(options.allowCredentials);
  if (options.excludeCredentials) read.excludeCredentials = keys(options.excludeCredentials);
  return read;
}

function written(made) {
  const { response } = made;
  const told = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) told[part] = text(response[part]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  return { id: made.id, rawId: text(made.rawId), type: made.type, response: told, clientExtensionResults: {} };
}

function bytes(words) {
  const plain = atob(words.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
