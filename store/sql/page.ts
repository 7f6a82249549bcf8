/** A position in a list sorted newest first; the next page begins after it. */
export interface PagePosition {
  readonly at: Date
  readonly id: string
}

export interface PageRequest {
  readonly limit: number
  readonly after?: PagePosition
}

/** A position in a list sorted by a number in descending order. */
export interface RankPosition {
  readonly value: number
  readonly id: string
}

export interface RankRequest {
  readonly limit: number
  readonly after?: RankPosition
}
