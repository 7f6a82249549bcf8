import type { Visit } from '../../schemas/visits/visits.ts'

/** A position that can be true. */
export interface Position {
  readonly latitude: number
  readonly longitude: number
  /** Metres; null: not told. */
  readonly accuracyM: number | null
  /** Seconds; null: not told. */
  readonly ageS: number | null
  readonly mocked: boolean | null
}

export type Point = Pick<Position, 'latitude' | 'longitude'>

/** Why a visit has no place, although the device told one. */
export type PositionFault = 'zero' | 'swapped' | 'out of range'

type Told = NonNullable<Visit['place']>

/** The position, or why it is none. */
export function positionOf(told: Told | null): Position | PositionFault | null {
  return told === null ? null : (pointFault(told) ?? told)
}

/**
 * Why coordinates are no position; `undefined`: they can be true. (0, 0), in the sea off Africa, is what devices tell that know nothing. A latitude
 * beyond 90 that would be a longitude beside a longitude that would be a latitude was swapped; which is which is not
 * guessed.
 */
export function pointFault({ latitude, longitude }: Point): PositionFault | undefined {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return 'out of range'
  // Rounded to 10 m: some devices begin from there.
  if (Math.abs(latitude) < 1e-4 && Math.abs(longitude) < 1e-4) return 'zero'
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return undefined
  return Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90 ? 'swapped' : 'out of range'
}

const EARTH_RADIUS_M = 6_371_008.8

/** The way between two places over the globe in metres (haversine); right across the date line too. */
export function distanceM(one: Point, other: Point): number {
  const radians = Math.PI / 180
  const latitude = Math.sin(((other.latitude - one.latitude) * radians) / 2)
  const longitude = Math.sin(((other.longitude - one.longitude) * radians) / 2)
  const square =
    latitude * latitude + Math.cos(one.latitude * radians) * Math.cos(other.latitude * radians) * longitude * longitude
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(square)))
}

const FAR_M = 500_000
const NEAR_M = 100_000

/**
 * Whether the coordinates are swapped, by where the person usually is: as they are told they lie far away, the other
 * way round they are near.
 */
export function isSwapped(position: Position, usual: Point): boolean {
  const { latitude, longitude } = position
  if (Math.abs(longitude) > 90 || distanceM(position, usual) < FAR_M) return false
  return distanceM({ latitude: longitude, longitude: latitude }, usual) < NEAR_M
}
