import { distanceM, isSwapped, type Position } from './positions.ts'
import type { VisitFacts } from './visit-facts.ts'

/** How many positions of a salesperson are needed to tell where they usually are, and so which are swapped. */
const USUAL_MIN = 5

/** The visits whose check-in or check-out has its coordinates swapped. */
export function swappedPositions(visits: readonly VisitFacts[]): Set<VisitFacts> {
  const swapped = new Set<VisitFacts>()
  for (const group of Map.groupBy(visits, ({ salespersonId }) => salespersonId).values()) {
    if (group[0]!.salespersonId === null) continue
    const positions = group.flatMap(({ checkIn, checkOut }) => [checkIn, checkOut]).filter((one) => one !== null)
    const usual = usualPosition(positions)
    if (usual === undefined) continue
    const isOdd = (position: Position | null) => position !== null && isSwapped(position, usual)
    for (const visit of group) if (isOdd(visit.checkIn) || isOdd(visit.checkOut)) swapped.add(visit)
  }
  return swapped
}

/** The position that is nearest to the medians; `undefined`: there are too few. */
export function usualPosition(positions: readonly Position[]): Pick<Position, 'latitude' | 'longitude'> | undefined {
  if (positions.length < USUAL_MIN) return undefined
  const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1]!
  const latitude = median(positions.map((one) => one.latitude))
  const longitude = median(positions.map((one) => one.longitude))
  const distance = (position: Position) => distanceM(position, { latitude, longitude })
  return positions.reduce((nearest, other) => (distance(other) < distance(nearest) ? other : nearest))
}
