import { Type, type Static } from 'typebox'
import type { Reader } from '../../store/database.ts'
import type { StoredCase } from '../../store/visits/cases.ts'
import { visitsById, type ComparedVisitRow } from '../../store/visits/compared-visits.ts'
import { isoTimes } from '../http/iso-times.ts'
import { personal } from '../http/personal.ts'
import { nullable, Time } from '../http/schema-parts.ts'
import type { Reviews } from '../ports.ts'

/** Visits compared at most; evidence rarely names more. */
const OTHERS_MAX = 10

export const ShownVisit = Type.Object({
  visitId: Type.String(),
  withdrawn: Type.Boolean(),
  opportunityId: Type.String(),
  customerId: Type.String(),
  salespersonId: Type.String(),
  text: personal('texts', Type.String()),
  place: personal(
    'contact',
    nullable(
      Type.Object({
        latitude: Type.Number(),
        longitude: Type.Number(),
        accuracyM: nullable(Type.Number(), 'Accuracy that the device reported: radius in metres.'),
      }),
      'Where the salesperson checked in; null if not reported.',
    ),
  ),
  mocked: nullable(Type.Boolean(), 'Whether the device reported that an app faked the position.'),
  checkInAt: nullable(Time),
  checkOutAt: nullable(Time),
  enteredAt: nullable(Time),
  plannedFrom: nullable(Time),
  plannedUntil: nullable(Time),
  deviceId: nullable(Type.String()),
  photoHash: nullable(Type.String()),
  occurredAt: Time,
})

export const ComparedVisit = Type.Object({
  ...ShownVisit.properties,
  kinds: Type.Array(Type.String(), { description: 'Kinds of evidence that name this visit.' }),
  distanceM: nullable(Type.Number(), 'Distance between the two places in metres; null if one is unknown.'),
  passages: Type.Array(
    Type.Object({
      from: Type.Integer(),
      to: Type.Integer({ description: 'Exclusive.' }),
      otherFrom: Type.Integer(),
      otherTo: Type.Integer(),
    }),
    {
      description:
        'Passages that both texts share: from and to are offsets in the text of the case’s visit, otherFrom and otherTo in this one, in UTF-16 units.',
    },
  ),
})

/** Loads the visit of a case and the visits that its evidence names, for comparison. */
export async function sideBySide(
  reader: Reader,
  { visitId, evidence }: StoredCase,
  { sharedPassages, distanceM }: Reviews,
): Promise<{ visit: Static<typeof ShownVisit> | null; others: Static<typeof ComparedVisit>[] }> {
  const named = [...new Set(evidence.flatMap(({ with: other }) => other ?? []))].slice(0, OTHERS_MAX)
  const rows = new Map((await visitsById(reader, [visitId, ...named])).map((row) => [row.visitId, row]))
  const own = rows.get(visitId)
  const others = named.flatMap((otherId) => {
    const row = rows.get(otherId)
    if (row === undefined) return []
    const kinds = evidence.filter(({ with: other }) => other === otherId).map(({ kind }) => kind)
    const [here, there] = [own && placeOf(own), placeOf(row)]
    const unreported = { ageS: null, mocked: null }
    return {
      ...visitJson(row),
      kinds,
      distanceM: here && there ? distanceM({ ...here, ...unreported }, { ...there, ...unreported }) : null,
      passages: own === undefined ? [] : [...sharedPassages(own.text, row.text)],
    }
  })
  return { visit: own === undefined ? null : visitJson(own), others }
}

function placeOf({ latitude, longitude, accuracyM }: Pick<ComparedVisitRow, 'latitude' | 'longitude' | 'accuracyM'>) {
  return latitude === null || longitude === null ? null : { latitude, longitude, accuracyM }
}

function visitJson({ latitude, longitude, accuracyM, ...visit }: ComparedVisitRow): Static<typeof ShownVisit> {
  return { ...isoTimes(visit), place: placeOf({ latitude, longitude, accuracyM }) }
}
