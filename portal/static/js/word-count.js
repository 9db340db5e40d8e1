// Counts words below a long answer while it is written, as the server counts them: by the spaces between.
for (const area of document.querySelectorAll("textarea[data-words]")) {
  const shown = document.getElementById(`${area.id}-count`);
  const most = Number(area.dataset.words);
  const count = () => {
    const words = area.value.split(/\s+/).filter(Boolean).length;
    shown.textContent = shown.dataset.text.replace("{count}", words);
    shown.classList.toggle("count--over", words > most);
  };
  area.addEventListener("input", count);
  count();
}
