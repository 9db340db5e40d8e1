// Sends again what was typed before somebody had to show that it is them. Without script they press the button.
document.querySelector("form[data-again]")?.requestSubmit();
