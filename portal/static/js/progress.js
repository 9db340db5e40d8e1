// Shows how far long work has come, and opens the page afresh when it is done. Without it, the page refreshes itself.
const PAUSE = 2000;

const look = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.querySelector("[data-progress]");
    if (answer.ok && (!fresh || page.querySelector("h1").textContent !== document.querySelector("h1").textContent)) {
      location.reload();
      return;
    }
    if (fresh) document.querySelector("[data-progress]").replaceWith(document.adoptNode(fresh));
  } catch {
    // No connection for now; the next look may have one.
  }
  setTimeout(look, PAUSE);
};

setTimeout(look, PAUSE);
