import { Link } from "@tanstack/react-router";
import { type FocusEvent, type KeyboardEvent, useId, useState } from "react";
import { useFinance } from "../finance/switchedOn.ts";
import { WalletButton } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";
import { GROUPS, MENU, type MenuEntry } from "./menu.ts";
import { Settings } from "./Settings.tsx";

export function Header() {
  const [say, id] = [useWords(), useId()];
  const [isOpen, setOpen] = useState(false);
  const isFinanceOff = useFinance() === false;
  const groups = (Object.keys(GROUPS) as (keyof typeof GROUPS)[])
    .filter((group) => group !== "finance" || !isFinanceOff)
    .map((group) => ({ group, entries: MENU.filter((entry) => entry.group === group) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <div className="top">
      <Link to="/" className="brand">
        <img src="/icon.svg" alt="" width="24" height="24" />
        {say({ en: "Dujiang", zh: "都江" })}
      </Link>
      <nav id={id} className={isOpen ? "open" : undefined} aria-label={say({ en: "Main", zh: "主导航" })}>
        {groups.map(({ group, entries }) =>
          entries.length === 1 ? (
            <MenuLink key={group} entry={entries[0]!} leave={() => setOpen(false)} />
          ) : (
            <Group key={group} group={group} entries={entries} leave={() => setOpen(false)} />
          ),
        )}
      </nav>
      <div className="row tools no-print">
        <WalletButton />
        <Settings />
        <button
          type="button"
          className="button s menu"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {say({ en: "Menu", zh: "菜单" })}
        </button>
      </div>
    </div>
  );
}

/** Several entries under one word: a list that opens under it, and on a narrow screen lies open. */
function Group({ group, entries, leave }: { group: keyof typeof GROUPS; entries: MenuEntry[]; leave: () => void }) {
  const [say, id] = [useWords(), useId()];
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the button and the links in it
    <div className="group" onKeyDown={onKeyDown} onBlur={onBlur}>
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        {say(GROUPS[group])}
        <span aria-hidden="true"> ▾</span>
      </button>
      <ul id={id} className={isOpen ? "open" : undefined}>
        {entries.map((entry) => (
          <li key={entry.path}>
            <MenuLink
              entry={entry}
              leave={() => {
                close();
                leave();
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MenuLink({ entry: { path, words }, leave }: { entry: MenuEntry; leave: () => void }) {
  const say = useWords();
  return (
    <Link to={path} activeProps={{ "aria-current": "page" }} onClick={leave}>
      {say(words)}
    </Link>
  );
}
