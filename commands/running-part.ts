/** A part of the platform at work in this process. */
export interface RunningPart {
  readonly name: string
  /** It does its work; for the readiness probe. */
  ready(): boolean
  /** Records that wait for it; `undefined`: not known (yet). */
  lag?(): number | undefined
  /** Finishes what is open and gives everything back. */
  stop(): Promise<void>
}
