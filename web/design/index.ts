/** What screens are made of. */
export { Amounts, type TitledAmount } from "./Amounts.tsx";
export { Asked } from "./Asked.tsx";
export { Copy } from "./Copy.tsx";
export { Dialog } from "./Dialog.tsx";
export { type Fact, Facts } from "./Facts.tsx";
export { Field } from "./Field.tsx";
export { Figure } from "./Figure.tsx";
export { Hint } from "./Hint.tsx";
export { Listing, type TwoLines } from "./Listing.tsx";
export { fromIndex, Mark, onChain, type Trust } from "./Mark.tsx";
export { Pages, type Turned, usePages } from "./Pages.tsx";
export { type Reading, reading } from "./reading.ts";
export { type ChartPanel, type ChartSeries, SlotChart, type Stroke } from "./SlotChart.tsx";
export { StageLine, type Step } from "./StageLine.tsx";
export { Empty, Failed, Loading, sentencesOf } from "./State.tsx";
export { type Column, Table } from "./Table.tsx";
export { Tabs } from "./Tabs.tsx";
export { Titled } from "./Titled.tsx";
