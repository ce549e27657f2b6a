import { useId, useState } from "react";
import { speak, tagOf, useLanguage, useWords } from "../words/index.ts";

type Theme = "light" | "dark" | "system";

const THEMES = [
  { theme: "system", words: { en: "As the device", zh: "跟随系统" } },
  { theme: "light", words: { en: "Light", zh: "浅色" } },
  { theme: "dark", words: { en: "Dark", zh: "深色" } },
] as const;
const LANGUAGES = [
  { language: "zh", name: "中文" },
  { language: "en", name: "English" },
] as const;

/** Language and theme, in a menu: both are chosen once. */
export function Settings() {
  const [say, spoken, id] = [useWords(), useLanguage(), useId()];
  const [theme, setTheme] = useState<Theme>(themeNow);
  return (
    <>
      <button type="button" className="button s" popoverTarget={id}>
        <span aria-hidden="true">文A</span>
        <span className="hidden">{say({ en: "Language and theme", zh: "语言与外观" })}</span>
      </button>
      <div id={id} popover="auto" className="settings stack">
        <fieldset>
          <legend>{say({ en: "Language", zh: "语言" })}</legend>
          {LANGUAGES.map(({ language, name }) => (
            <button
              key={language}
              type="button"
              className="button s"
              lang={tagOf(language)}
              aria-pressed={spoken === language}
              onClick={() => speak(language)}
            >
              {name}
            </button>
          ))}
        </fieldset>
        <fieldset>
          <legend>{say({ en: "Theme", zh: "外观" })}</legend>
          {THEMES.map((each) => (
            <button
              key={each.theme}
              type="button"
              className="button s"
              aria-pressed={theme === each.theme}
              onClick={() => {
                dress(each.theme);
                setTheme(each.theme);
              }}
            >
              {say(each.words)}
            </button>
          ))}
        </fieldset>
        <button type="button" className="button s" onClick={() => window.print()}>
          {say({ en: "Print this page", zh: "打印本页" })}
        </button>
      </div>
    </>
  );
}

function themeNow(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function dress(theme: Theme): void {
  const page = document.documentElement;
  if (theme === "system") delete page.dataset.theme;
  else page.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A browser that stores nothing goes by the device next time.
  }
}
