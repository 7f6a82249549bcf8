/** What a documented command promises, and how the test runs it. */

export interface World {
  /** Whether a model of the task is released. */
  isReleased(task: string): Promise<boolean>
}

export type Expectation =
  /** A request to the running demo. */
  | {
      readonly kind: 'curl'
      readonly status: number | ((world: World) => Promise<number>)
      readonly shows: RegExp
      /** Whether the result arrives through Kafka, a moment later. */
      readonly eventually?: boolean
    }
  /**
   * A command of the program, run beside the demo. `instead`: the same command with smaller numbers or names of this
   * world. `stop`: it is stopped once its log matches this.
   */
  | {
      readonly kind: 'scoreline'
      readonly code?: number | readonly number[]
      readonly shows: RegExp
      readonly instead?: string
      readonly stop?: RegExp
      readonly file?: string
    }
  /**
   * A command that takes minutes, or needs what a test machine lacks: only its existence and its options are checked.
   */
  | { readonly kind: 'known'; readonly why: string; readonly help?: string }
  /** Starts the demo of this test. */
  | { readonly kind: 'demo' }

export const ok = (shows: RegExp, status: number | ((world: World) => Promise<number>) = 200): Expectation => ({
  kind: 'curl',
  status,
  shows,
})
export const run = (shows: RegExp, more: Partial<Extract<Expectation, { kind: 'scoreline' }>> = {}): Expectation => ({
  kind: 'scoreline',
  shows,
  ...more,
})
export const known = (why: string, help?: string): Expectation => ({
  kind: 'known',
  why,
  ...(help === undefined ? {} : { help }),
})

export const soon = (expectation: Expectation): Expectation => ({ ...expectation, eventually: true }) as Expectation
