import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
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
