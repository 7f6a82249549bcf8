/** A line of a chart over time. */
export interface LineSeries {
  readonly label: string
  /** In the order of the times; null where there is none. */
  readonly values: readonly (number | null)[]
  /** Colour of the line: a variable of the theme. */
  readonly colour: '--accent' | '--warn' | '--bad' | '--soft'
  readonly dashed?: boolean
}
