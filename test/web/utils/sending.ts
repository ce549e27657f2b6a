import type { Page } from "playwright-core";
import type { Language } from "../../../sdk/types/sentence.ts";

const WORDS = {
  en: { wallet: "Confirm in the wallet", done: "Done" },
  zh: { wallet: "在钱包中确认", done: "完成" },
} as const;

/** Opens the question of a button, agrees in the wallet, and waits until a block has it. */
export async function sendBy(page: Page, title: string | RegExp, language: Language): Promise<void> {
  const { wallet, done } = WORDS[language];
  const exact = typeof title === "string" ? { exact: true } : {};
  await page
    .getByRole("button", { name: title, ...exact })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: title, ...exact }).last();
  await dialog.getByRole("button", { name: wallet }).click();
  const end = dialog.getByRole("button", { name: done });
  // What is decided may be gone from the screen before its question is closed.
  await Promise.race([end.click().catch(() => {}), dialog.waitFor({ state: "detached" })]);
}
