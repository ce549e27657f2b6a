import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { client, graphql } from "ponder";
import { kpi } from "./kpi/routes.ts";

const app = new Hono();

/** GraphiQL for people (GET), GraphQL for programs (POST). */
app.use("/", graphql({ db, schema }));
app.use("/graphql", graphql({ db, schema }));
/** Typed and live queries of @ponder/client. */
app.use("/sql/*", client({ db, schema }));
/** Key figures over a period, as JSON and CSV. */
app.route("/", kpi);

export default app;
