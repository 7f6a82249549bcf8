/** Dimensions of an intent transformer. */
export interface IntentShape {
  /** Number of word pieces in the vocabulary. */
  readonly vocabulary: number
  /** Maximum number of pieces read of a text, including the [CLS] token. */
  readonly piecesMax: number
  /** Numbers per piece. */
  readonly width: number
  readonly heads: number
  readonly layers: number
  /** Hidden units of a feed-forward block. */
  readonly feedForward: number
  /** Columns of the context; 0 without a context. */
  readonly context: number
  /** Hidden units of the network that computes the context weight vector. */
  readonly contextUnits: number
  /** Where the context acts: on the queries of attention, on the logits, or on both. */
  readonly contextOn: ContextOn
  readonly intents: number
}

/** `attention`: by the context weight vector only. `head`: as additional input of the output layer. */
export type ContextOn = 'attention' | 'head' | 'both' | 'none'

/** A block of weights, row-major. */
export interface Block {
  readonly name: string
  readonly rows: number
  readonly columns: number
  /** Initial values: small random numbers, zeros or ones. */
  readonly from: 'random' | 'zeros' | 'ones'
}

/** Returns all blocks of weights, in the order in which they are stored. */
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
      // The last map starts at zero, so that every context starts out neutral, with a weight of 1.
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

/** Added to variances before their square root is taken. */
export const NORM_FLOOR = 1e-5
