/** A processor with the names of the topics that it reads and writes. */
export interface ProcessorNode {
  readonly name: string
  readonly purpose: string
  readonly inputs: readonly string[]
  /** Including those of its scorers. */
  readonly outputs: readonly string[]
  readonly scorers: readonly { readonly name: string; readonly purpose: string; readonly outputs: readonly string[] }[]
}
