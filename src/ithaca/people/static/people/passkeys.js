// Passkeys: forms `data-passkey="sign-in|prove|create"` fill their hidden `credential` by asking the browser, then submit.
// The options come from the JSON element named by `data-options`, or (sign-in) from the form's address.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

async function options(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

async function create(form) {
  const { publicKey } = (await options(form)).creation_options;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  return {
    ...described(credential),
    response: {
      clientDataJSON: text(credential.response.clientDataJSON),
      attestationObject: text(credential.response.attestationObject),
      transports: credential.response.getTransports?.() || [],
    },
  };
}

async function prove(form) {
  const { publicKey } = (await options(form)).request_options;
  const credential = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
  return {
    ...described(credential),
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
  };
}

const described = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
});

const words = {
  NotAllowedError: "Nothing was confirmed. You can try again, or use another way.",
  InvalidStateError: "This device already holds a passkey for you.",
  SecurityError: "A passkey needs this page under its own secure address. Please use another way.",
};

async function ask(event) {
  const form = event.target;
  if (form.elements.credential.value) return;
  event.preventDefault();
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "create" ? create(form) : prove(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    problem.textContent = words[error.name] || "The passkey could not be used just now. Please use another way.";
    problem.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential && form.dataset.passkey !== "create";
  form.addEventListener("submit", ask);
}
