import { graphql, type ResultOf } from "../indexed/index.ts";

/** What everybody may know of a participant. */
export const PARTICIPANT = graphql(`query Participant($id: Int!) {
  participant(id: $id) {
    id status account size kinds validUntilDay validUntilDate exposureLimitFen approvedAt suspensionReason
    credit {
      sales salesCharged salesLate salesRuled soldWh soldDeliveredWh
      purchases purchasesCharged purchasesLate purchasesRuled boughtWh boughtDeliveredWh
      dischargedOnTime dischargedLate daysLate defaults arrears arrearsStanding writtenOff
    }
  }
  meters(where: { OR: [{ ownerId: $id }, { traderId: $id }] }, orderBy: "id", limit: 1000) {
    items { id ownerId traderId direction voltage source capacityW active zone { name } }
  }
  _meta { status { market { block { number } } } }
}`);

export type ParticipantAnswer = ResultOf<typeof PARTICIPANT>;
export type ParticipantRow = NonNullable<ParticipantAnswer["participant"]>;
export type MeterRow = ParticipantAnswer["meters"]["items"][number];
