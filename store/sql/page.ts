/** A place in a list that is sorted newest first: the next page begins behind it. */
export interface PagePosition {
  readonly at: Date
  readonly id: string
}

export interface PageRequest {
  readonly limit: number
  readonly after?: PagePosition
}

/** A place in a list that is sorted by a number, the largest first. */
export interface RankPosition {
  readonly value: number
  readonly id: string
}

export interface RankRequest {
  readonly limit: number
  readonly after?: RankPosition
}
