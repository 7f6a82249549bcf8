import { metres } from '../../format.ts'
import { t } from '../../words/words.ts'
import { projectMap, type Place } from '../cases/map-projection.ts'
import type { DayPlan } from './today-text.ts'

const WIDTH = 480
const HEIGHT = 280

/** Returns the place of a start `latitude,longitude`; `undefined` if there is none. */
export function startOf(from: string): Place | undefined {
  if (from === '') return undefined
  const [latitude, longitude] = from.split(',').map(Number) as [number, number]
  return { latitude, longitude, accuracyM: null }
}

interface DayRouteProps {
  readonly stops: DayPlan['stops']
  readonly start: Place | undefined
}

/** The way of the day, drawn to scale without an external map; the list of stops says the same in words. */
export function DayRoute({ stops, start }: DayRouteProps) {
  const met = stops.flatMap(({ at, place }) =>
    at === null ? [] : [{ place: { ...at, accuracyM: null }, label: String(place) }],
  )
  const spots = start === undefined ? met : [{ place: start, label: t('today.startLabel') }, ...met]
  const [first, ...rest] = spots
  if (first === undefined || met.length === 0) return <p class="about">{t('today.noPlaceIsKnown')}</p>
  const { places, bar } = projectMap([first.place, ...rest.map(({ place }) => place)], WIDTH, HEIGHT, 36)
  const way = places.map(({ x, y }) => `${x},${y}`)
  if (start !== undefined) way.push(way[0]!)
  const bottom = HEIGHT - 10
  return (
    <svg class="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('today.theWayOfTheDay')}>
      <polyline class="between" points={way.join(' ')} />
      {places.map(({ x, y }, index) => (
        <g key={spots[index]!.label} class={`spot ${start !== undefined && index === 0 ? 'own' : 'other'}`}>
          <circle cx={x} cy={y} r={4} />
          <text x={x + 8} y={y - 6}>
            {spots[index]!.label}
          </text>
        </g>
      ))}
      <path class="bar" d={`M12 ${bottom - 5}v5h${bar.length}v-5`} />
      <text x={18 + bar.length} y={bottom}>
        {metres(bar.metres)}
      </text>
    </svg>
  )
}
