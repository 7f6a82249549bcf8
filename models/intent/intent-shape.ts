/** The sizes of an intent transformer. */
export interface IntentShape {
  /** Pieces of words that it knows. */
  readonly vocabulary: number
  /** Pieces of a text that are read at most, the mark at the beginning included. */
  readonly piecesMax: number
  /** Numbers a piece. */
  readonly width: number
  readonly heads: number
  readonly layers: number
  /** Units between the two maps of a feed-forward part. */
  readonly feedForward: number
  /** Columns of the context; 0: it knows of none. */
  readonly context: number
  /** Units of the small network that makes the context weight vector. */
  readonly contextUnits: number
  /** What the context acts on: the queries of attention, the logits, or both. */
  readonly contextOn: ContextOn
  readonly intents: number
}

/** `attention`: the context weight vector alone; `head`: the context beside what was read; `both`; `none`. */
export type ContextOn = 'attention' | 'head' | 'both' | 'none'

/** A block of weights, row-major. */
export interface Block {
  readonly name: string
  readonly rows: number
  readonly columns: number
  /** How it begins: small random numbers, zeros or ones. */
  readonly from: 'random' | 'zeros' | 'ones'
}

/** All weights, in the order in which they are stored. */
export function intentBlocks(shape: IntentShape): Block[] {
  const { vocabulary, piecesMax, width, layers, feedForward, context, contextUnits, intents } = shape
  const map = (name: string, rows: number, columns: number, from: Block['from'] = 'random'): Block[] => [
    { name, rows, columns, from },
    { name: `${name} bias`, rows: 1, columns, from: 'zeros' },
  ]
  const norm = (name: string): Block[] => [
    { name: `${name} gain`, rows: 1, columns: width, from: 'ones' },
    { name: `${name} bias`, rows: 1, columns: width, from: 'zeros' },
  ]
  return [
    { name: 'pieces', rows: vocabulary, columns: width, from: 'random' },
    { name: 'places', rows: piecesMax, columns: width, from: 'random' },
    ...Array.from({ length: layers }, (_, layer) => [
      // The last map begins at zero, so that every context begins as one that says nothing: a weight of 1.
      ...(weighsQueries(shape)
        ? [
            ...map(`${layer} context`, context, contextUnits),
            ...map(`${layer} context weight`, contextUnits, width, 'zeros'),
          ]
        : []),
      ...['query', 'key', 'value', 'output'].flatMap((name) => map(`${layer} ${name}`, width, width)),
      ...norm(`${layer} attention norm`),
      ...map(`${layer} up`, width, feedForward),
      ...map(`${layer} down`, feedForward, width),
      ...norm(`${layer} norm`),
    ]).flat(),
    { name: 'head first', rows: width, columns: intents, from: 'random' },
    { name: 'head mean', rows: width, columns: intents, from: 'random' },
    ...(readsContext(shape) ? [{ name: 'head context', rows: context, columns: intents, from: 'zeros' } as const] : []),
    { name: 'head bias', rows: 1, columns: intents, from: 'zeros' },
  ]
}

export function weighsQueries({ context, contextOn }: Pick<IntentShape, 'context' | 'contextOn'>): boolean {
  return context > 0 && (contextOn === 'attention' || contextOn === 'both')
}

export function readsContext({ context, contextOn }: Pick<IntentShape, 'context' | 'contextOn'>): boolean {
  return context > 0 && (contextOn === 'head' || contextOn === 'both')
}

/** Under a variance of nothing. */
export const NORM_FLOOR = 1e-5
