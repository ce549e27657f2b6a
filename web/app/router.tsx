import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { sealSearch } from "../documents/sealSearch.ts";
import type { TradesSearch } from "../records/TradesScreen.tsx";
import type { StatementSearch } from "../statements/StatementsScreen.tsx";
import { NotFound } from "./NotFound.tsx";
import { Shell } from "./Shell.tsx";
import { Trouble } from "./Trouble.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Trouble });

/** One route a screen; each is a file of `routes/` that comes when it is opened. Parameters are text, as in the address. */
const screens = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    component: lazyRouteComponent(() => import("../routes/home.tsx"), "Home"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/market",
    component: lazyRouteComponent(() => import("../routes/marketToday.tsx"), "MarketToday"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/market/$zone/$date",
    component: lazyRouteComponent(() => import("../routes/market.tsx"), "MarketScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/day",
    component: lazyRouteComponent(() => import("../routes/dayStart.tsx"), "DayStart"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/day/$meter/$date",
    component: lazyRouteComponent(() => import("../routes/day.tsx"), "DayScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/orders",
    component: lazyRouteComponent(() => import("../routes/orders.tsx"), "OrdersScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/orders/$hash",
    component: lazyRouteComponent(() => import("../routes/order.tsx"), "OrderScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/portfolio/$date",
    component: lazyRouteComponent(() => import("../routes/portfolio.tsx"), "PortfolioScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/trades",
    validateSearch: ({ date, zone, of }: Record<string, unknown>): TradesSearch => ({
      date: typeof date === "string" ? date : undefined,
      zone: typeof zone === "number" ? zone : undefined,
      of: of === "mine" || of === "all" ? of : undefined,
    }),
    component: lazyRouteComponent(() => import("../routes/trades.tsx"), "TradesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/trades/$id",
    component: lazyRouteComponent(() => import("../routes/trade.tsx"), "TradeScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/trades/$id/evidence",
    component: lazyRouteComponent(() => import("../routes/tradeCase.tsx"), "TradeCaseScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/participants/$id",
    component: lazyRouteComponent(() => import("../routes/participant.tsx"), "ParticipantScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/applications",
    component: lazyRouteComponent(() => import("../routes/applications.tsx"), "ApplicationsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/applications/$id",
    component: lazyRouteComponent(() => import("../routes/application.tsx"), "ApplicationScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/cases",
    component: lazyRouteComponent(() => import("../routes/cases.tsx"), "CasesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/roles",
    component: lazyRouteComponent(() => import("../routes/roles.tsx"), "RolesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/tx/$hash",
    component: lazyRouteComponent(() => import("../routes/transaction.tsx"), "TransactionScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/money",
    component: lazyRouteComponent(() => import("../routes/money.tsx"), "MoneyScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/payables",
    component: lazyRouteComponent(() => import("../routes/debts.tsx"), "DebtsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/debts/$id",
    component: lazyRouteComponent(() => import("../routes/debt.tsx"), "DebtScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/receivables",
    component: lazyRouteComponent(() => import("../routes/receivables.tsx"), "ReceivablesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/receivables/$id",
    component: lazyRouteComponent(() => import("../routes/receivable.tsx"), "ReceivableScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/receivables/$id/request",
    component: lazyRouteComponent(() => import("../routes/requestFinancing.tsx"), "RequestFinancingScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/requests",
    component: lazyRouteComponent(() => import("../routes/requests.tsx"), "RequestsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/requests/$id",
    component: lazyRouteComponent(() => import("../routes/request.tsx"), "RequestOfId"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/requests/$id/bid",
    component: lazyRouteComponent(() => import("../routes/bid.tsx"), "BidScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/drafts",
    component: lazyRouteComponent(() => import("../routes/drafts.tsx"), "DraftsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/maturities",
    component: lazyRouteComponent(() => import("../routes/maturities.tsx"), "MaturitiesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/positions",
    component: lazyRouteComponent(() => import("../routes/positions.tsx"), "PositionsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/issue",
    component: lazyRouteComponent(() => import("../routes/issue.tsx"), "IssueScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/statements",
    validateSearch: ({ month, meters }: Record<string, unknown>): StatementSearch => ({
      month: typeof month === "string" && /^\d{4}-\d{2}$/.test(month) ? month : undefined,
      meters: meters === undefined ? undefined : String(meters),
    }),
    component: lazyRouteComponent(() => import("../routes/statements.tsx"), "StatementsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/statements/$date",
    component: lazyRouteComponent(() => import("../routes/statements.tsx"), "DayStatementScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/my-day",
    component: lazyRouteComponent(() => import("../routes/myDay.tsx"), "MyToday"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/my-day/$date",
    component: lazyRouteComponent(() => import("../routes/myDay.tsx"), "MyDayScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/meters/$id/$date",
    component: lazyRouteComponent(() => import("../routes/meterDay.tsx"), "MeterDayScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/proposals",
    component: lazyRouteComponent(() => import("../routes/proposals.tsx"), "ProposalsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/proposals/new",
    component: lazyRouteComponent(() => import("../routes/newProposal.tsx"), "NewProposalScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/proposals/$hash",
    component: lazyRouteComponent(() => import("../routes/proposal.tsx"), "ProposalScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/desk",
    component: lazyRouteComponent(() => import("../routes/desk.tsx"), "ExchangeDesk"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/readings",
    component: lazyRouteComponent(() => import("../routes/readings.tsx"), "ReadingsDesk"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/documents",
    component: lazyRouteComponent(() => import("../routes/documents.tsx"), "DocumentsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/documents/new",
    validateSearch: sealSearch,
    component: lazyRouteComponent(() => import("../routes/newDocument.tsx"), "NewDocumentScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/documents/keys",
    component: lazyRouteComponent(() => import("../routes/readingKeys.tsx"), "ReadingKeysScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/documents/$id",
    component: lazyRouteComponent(() => import("../routes/document.tsx"), "DocumentScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/help",
    component: lazyRouteComponent(() => import("../routes/help.tsx"), "Help"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/help/$role",
    component: lazyRouteComponent(() => import("../routes/guide.tsx"), "GuideScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/glossary",
    component: lazyRouteComponent(() => import("../routes/glossary.tsx"), "Glossary"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/kpi",
    component: lazyRouteComponent(() => import("../routes/keyFigures.tsx"), "KeyFigures"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/status",
    component: lazyRouteComponent(() => import("../routes/status.tsx"), "Status"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/developer",
    component: lazyRouteComponent(() => import("../routes/developer.tsx"), "Developer"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(screens),
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: Trouble,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
