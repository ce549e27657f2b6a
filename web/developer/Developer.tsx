import { lazy, Suspense, useState } from "react";
import { Loading, Tabs } from "../design/index.ts";
import { useWords } from "../words/index.ts";
import { Addresses } from "./Addresses.tsx";
import "./developer.css";

const Api = lazy(() => import("./Api.tsx"));
const Explorer = lazy(() => import("./Explorer.tsx"));

const TABS = [
  { name: "addresses", title: { en: "Addresses", zh: "地址" } },
  { name: "api", title: { en: "Operator's API", zh: "运营服务接口" } },
  { name: "graphql", title: { en: "Index (GraphQL)", zh: "索引（GraphQL）" } },
] as const;

/** What a program needs: addresses, and both interfaces to read and to try. */
export function Developer() {
  const say = useWords();
  const [chosen, choose] = useState<(typeof TABS)[number]["name"]>("addresses");
  return (
    <>
      <h1>{say({ en: "For developers", zh: "开发者" })}</h1>
      <Tabs label={{ en: "Interfaces", zh: "接口" }} tabs={TABS} chosen={chosen} choose={choose}>
        <Suspense fallback={<Loading />}>
          {chosen === "addresses" && <Addresses />}
          {chosen === "api" && <Api />}
          {chosen === "graphql" && <Explorer />}
        </Suspense>
      </Tabs>
    </>
  );
}
