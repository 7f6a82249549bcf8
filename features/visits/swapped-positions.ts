import { minBy } from '../min-by.ts'
import { distanceM, isSwapped, type Point, type Position } from './positions.ts'
import type { VisitFacts } from './visit-facts.ts'

/** Minimum number of positions of a salesperson to tell where they usually are. */
const USUAL_MIN = 5

/** Returns the visits whose check-in or check-out has its coordinates swapped. */
export function swappedPositions(visits: readonly VisitFacts[]): Set<VisitFacts> {
  const swapped = new Set<VisitFacts>()
  for (const group of Map.groupBy(visits, ({ salespersonId }) => salespersonId).values()) {
    if (group[0]!.salespersonId === null) continue
    const positions = group.flatMap(({ checkIn, checkOut }) => [checkIn, checkOut]).filter((one) => one !== null)
    const usual = usualPosition(positions)
    if (usual === undefined) continue
    for (const visit of group) if (hasSwapped(visit, usual)) swapped.add(visit)
  }
  return swapped
}

/** Whether the check-in or the check-out has its coordinates swapped, judged by where the person usually is. */
export function hasSwapped({ checkIn, checkOut }: Pick<VisitFacts, 'checkIn' | 'checkOut'>, usual: Point): boolean {
  return [checkIn, checkOut].some((position) => position !== null && isSwapped(position, usual))
}

/** Returns the position nearest to the median latitude and longitude; `undefined` if there are too few. */
export function usualPosition(positions: readonly Position[]): Point | undefined {
  if (positions.length < USUAL_MIN) return undefined
  const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1]!
  const latitude = median(positions.map((one) => one.latitude))
  const longitude = median(positions.map((one) => one.longitude))
  return minBy(positions, (position) => distanceM(position, { latitude, longitude }))
}
