import "../design/base.css";
import "./shell.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { DujiangError } from "../../sdk/types/errors.ts";
import { router } from "./router.tsx";

/** Events say when something changed; what no event announced is asked for again after so long. */
const FRESH_MS = 30_000;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // Energy and money are bigints, which JSON does not know.
      queryKeyHashFn: (key) =>
        JSON.stringify(key, (_, value) => (typeof value === "bigint" ? `${value}n` : (value as unknown))),
      // What was refused with a sentence is refused again; a service that is away is asked a few times.
      retry: (failures, error) => failures < 2 && !(error instanceof DujiangError && isFinal(error)),
    },
    // The page's services may be on this machine: what somebody asks for is tried without a network, too.
    mutations: { networkMode: "always" },
  },
});

const isFinal = (error: DujiangError) => {
  const { status } = error as { status?: number };
  return status !== undefined && status >= 400 && status < 500;
};

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
