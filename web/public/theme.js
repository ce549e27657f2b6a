// Before the first paint, so that a dark page does not flash white and a Chinese one is not hyphenated as English.
(() => {
  const page = document.documentElement;
  let [theme, language] = [null, null];
  try {
    [theme, language] = [localStorage.getItem("theme"), localStorage.getItem("language")];
  } catch {
    // A browser that stores nothing gets what it prefers.
  }
  if (theme === "dark" || theme === "light") page.dataset.theme = theme;
  const spoken = language ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  page.lang = spoken === "zh" ? "zh-CN" : "en";
})();
