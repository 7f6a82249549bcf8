import type { ComponentChildren } from 'preact'
import { metres } from '../../format.ts'
import { projectMap, type ProjectedPlace, type Place } from './map-projection.ts'
import type { ComparedVisit, Visit } from './side-by-side.tsx'
import { t } from '../../words/words.ts'

const WIDTH = 480
const HEIGHT = 280
const LABELS = ['A', 'B'] as const

/**
 * The check-ins of both visits, drawn to scale without an external map, with a table for screen readers and details.
 */
export function Places({ visit, other }: { readonly visit: Visit; readonly other: ComparedVisit | undefined }) {
  const visits = other === undefined ? [visit] : [visit, other]
  const known = visits.flatMap(({ place }, index) => (place === null ? [] : [{ place, label: LABELS[index]! }]))
  const [first, ...rest] = known
  return (
    <section aria-labelledby="places-title">
      <h3 id="places-title">{t('cases.places')}</h3>
      <p>{distanceText(visit, other)}</p>
      <div class="two">
        {first !== undefined && <PlaceMap places={[first, ...rest]} words={distanceText(visit, other)} />}
        <PlaceTable visits={visits} />
      </div>
    </section>
  )
}

interface LabelledPlace {
  readonly place: Place
  readonly label: string
}

interface PlaceMapProps {
  readonly places: readonly [LabelledPlace, ...LabelledPlace[]]
  readonly words: string
}

function PlaceMap({ places: [first, ...rest], words }: PlaceMapProps) {
  const { places, bar } = projectMap([first.place, ...rest.map(({ place }) => place)], WIDTH, HEIGHT, 36)
  const labels = [first, ...rest].map(({ label }) => label)
  const bottom = HEIGHT - 10
  return (
    <svg class="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('cases.mapNorthUp', { words })}>
      {places.length === 2 && (
        <line class="between" x1={places[0]!.x} y1={places[0]!.y} x2={places[1]!.x} y2={places[1]!.y} />
      )}
      {places.map((place, index) => (
        <Spot key={labels[index]} place={place} label={labels[index]!} />
      ))}
      <path class="bar" d={`M12 ${bottom - 5}v5h${bar.length}v-5`} />
      <text x={18 + bar.length} y={bottom}>
        {metres(bar.metres)}
      </text>
      <path class="north" d={`M${WIDTH - 18} 26v-16m-4 6l4 -6l4 6`} />
      <text x={WIDTH - 18} y={40} text-anchor="middle">
        {t('cases.n')}
      </text>
    </svg>
  )
}

/** A place on the map. The labels are on different sides, since both places may be at the same spot. */
function Spot({ place: { x, y, radius }, label }: { readonly place: ProjectedPlace; readonly label: string }) {
  const side = label === 'A' ? -1 : 1
  return (
    <g class={`spot ${label === 'A' ? 'own' : 'other'}`}>
      {radius !== null && <circle class="uncertain" cx={x} cy={y} r={radius} />}
      <circle cx={x} cy={y} r={4} />
      <text x={x + side * 9} y={y + side * 9 + 4} text-anchor={side === -1 ? 'end' : 'start'}>
        {label}
      </text>
    </g>
  )
}

function PlaceTable({ visits }: { readonly visits: readonly Visit[] }) {
  const row = (name: string, cell: (visit: Visit) => ComponentChildren) => (
    <tr>
      <th scope="row">{name}</th>
      {visits.map((visit) => (
        <td key={visit.visitId}>{cell(visit)}</td>
      ))}
    </tr>
  )
  return (
    <table class="facts">
      <thead>
        <tr>
          <td />
          {visits.map(({ visitId }, index) => (
            <th key={visitId} scope="col">
              {LABELS[index]}: {index === 0 ? t('cases.thisVisit') : t('cases.theOtherVisit')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row(t('cases.latitude'), ({ place }) => place?.latitude.toFixed(5) ?? t('common.unknown'))}
        {row(t('cases.longitude'), ({ place }) => place?.longitude.toFixed(5) ?? t('common.unknown'))}
        {row(t('cases.accuracy'), ({ place }) =>
          place?.accuracyM == null ? t('common.unknown') : `± ${metres(place.accuracyM)}`,
        )}
        {row(t('cases.fakedByAnApp'), ({ mocked }) =>
          mocked === null ? t('common.unknown') : mocked ? t('common.yes') : t('common.no'),
        )}
        {row(t('cases.device'), ({ deviceId }) => deviceId ?? t('common.unknown'))}
        {row(t('common.customer'), ({ customerId }) => customerId)}
        {row(t('common.salesperson'), ({ salespersonId }) => salespersonId)}
      </tbody>
    </table>
  )
}

/** Describes the distance, allowing for the uncertainty of both places. */
function distanceText(visit: Visit, other: ComparedVisit | undefined): string {
  if (other === undefined)
    return visit.place === null ? t('cases.thePlaceOfThisVisitIs') : t('cases.onlyThisVisitHasAPlace')
  const { distanceM } = other
  if (distanceM === null) return t('cases.theDistanceIsUnknownBecauseOne')
  const radii = [visit.place?.accuracyM ?? null, other.place?.accuracyM ?? null]
  const apart = t('cases.theTwoPlacesAreApart', { distanceM: metres(distanceM) })
  if (radii.some((radius) => radius === null)) return t('cases.howAccurateThatIsCantBe', { apart })
  const distanceMin = distanceM - radii[0]! - radii[1]!
  if (distanceMin <= 0) return t('cases.whichIsWithinTheAccuracyOf', { apart })
  return t('cases.atLeastAllowingForTheAccuracy', { apart, distanceMin: metres(distanceMin) })
}
