import type { Visit } from '../../schemas/visits/visits.ts'

/** A plausible position. */
export interface Position {
  readonly latitude: number
  readonly longitude: number
  /** Accuracy radius in metres; null if not reported. */
  readonly accuracyM: number | null
  /** Age in seconds; null if not reported. */
  readonly ageS: number | null
  readonly mocked: boolean | null
}

export type Point = Pick<Position, 'latitude' | 'longitude'>

/** Why a position that the device reported is unusable. */
export type PositionFault = 'zero' | 'swapped' | 'out of range'

type ReportedPosition = NonNullable<Visit['place']>

/** Returns the position, or why it is unusable; null if none was reported. */
export function positionOf(reported: ReportedPosition | null): Position | PositionFault | null {
  return reported === null ? null : (validatePoint(reported) ?? reported)
}

/**
 * Returns why coordinates are unusable; `undefined` if they are plausible. (0, 0), in the sea off Africa, is what
 * devices report without a fix. Coordinates that are valid only when exchanged are reported as swapped; they are not
 * corrected.
 */
export function validatePoint({ latitude, longitude }: Point): PositionFault | undefined {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return 'out of range'
  // A tolerance of about 10 m: some devices start from there.
  if (Math.abs(latitude) < 1e-4 && Math.abs(longitude) < 1e-4) return 'zero'
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return undefined
  return Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90 ? 'swapped' : 'out of range'
}

const EARTH_RADIUS_M = 6_371_008.8

/** Returns the great-circle distance of two points in metres (haversine), also across the date line. */
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
 * Whether the coordinates are swapped, judged by where the person usually is: as reported they are far away, and
 * exchanged they are near.
 */
export function isSwapped(position: Position, usual: Point): boolean {
  const { latitude, longitude } = position
  if (Math.abs(longitude) > 90 || distanceM(position, usual) < FAR_M) return false
  return distanceM({ latitude: longitude, longitude: latitude }, usual) < NEAR_M
}
