// Swagger UI wants a class where the rest of the page asks the browser; set early, so that nothing flashes.
const dark = matchMedia("(prefers-color-scheme: dark)");
const apply = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", apply);
apply();
