import { NORM_FLOOR, readsContext, weighsQueries } from './intent-shape.ts'
import { unpackIntentWeights, type IntentParameters, type IntentWeights } from './intent-parameters.ts'

/** Writes the logits of a text. `ids` are its pieces; its context columns begin at `contextAt`. */
export type IntentLogits = (
  ids: Int32Array,
  context: Float32Array,
  contextAt: number,
  into: Float64Array,
  intoAt: number,
) => void

/**
 * Returns the encoder in plain arithmetic on preallocated flat arrays. Each layer is attention softmax((Q ⊙ w_c) Kᵀ /
 * √d_k) V with a context weight vector w_c = 2 σ(…), which is 1 for a neutral context, then a feed-forward block; both
 * are followed by a residual connection and layer normalisation (Vaswani et al. 2017).
 */
export function intentLogits(parameters: Pick<IntentParameters, 'shape' | 'weights'>): IntentLogits {
  const { shape } = parameters
  const weights = unpackIntentWeights(parameters)
  const { piecesMax, width, heads, layers, feedForward, context, contextUnits, intents } = shape
  const values = new Float32Array(piecesMax * width)
  const [queries, keys, vectors, mixed] = Array.from({ length: 4 }, () => new Float32Array(piecesMax * width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const upper = new Float32Array(piecesMax * feedForward)
  const units = new Float32Array(contextUnits)
  const weight = new Float32Array(width)
  const attention = new Float32Array(piecesMax)
  const means = new Float64Array(width)
  const block = (name: string) => weights.get(name)!
  const parts = Array.from({ length: layers }, (_, layer) => layerOf(weights, layer))
  const [pieces, positions] = [block('pieces'), block('places')]
  const [first, mean, bias] = [block('head first'), block('head mean'), block('head bias')]
  const ofContext = readsContext(shape) ? block('head context') : undefined
  const perHead = width / heads
  const scale = 1 / Math.sqrt(perHead)

  function weigh(part: Layer, contextValues: Float32Array, at: number): void {
    weight.fill(1)
    if (!weighsQueries(shape)) return
    for (let unit = 0; unit < contextUnits; unit++) {
      let sum = part.contextBias![unit]!
      for (let column = 0; column < context; column++)
        sum += contextValues[at + column]! * part.context![column * contextUnits + unit]!
      units[unit] = sum > 0 ? sum : 0
    }
    for (let i = 0; i < width; i++) {
      let sum = part.weightBias![i]!
      for (let unit = 0; unit < contextUnits; unit++) sum += units[unit]! * part.weight![unit * width + i]!
      weight[i] = 2 / (1 + Math.exp(-sum))
    }
  }

  function attend(count: number): void {
    for (let head = 0; head < heads; head++) {
      const from = head * perHead
      for (let queryAt = 0; queryAt < count; queryAt++) {
        let highest = Number.NEGATIVE_INFINITY
        for (let keyAt = 0; keyAt < count; keyAt++) {
          let sum = 0
          for (let i = from; i < from + perHead; i++) sum += queries[queryAt * width + i]! * keys[keyAt * width + i]!
          attention[keyAt] = sum * scale
          if (attention[keyAt]! > highest) highest = attention[keyAt]!
        }
        let total = 0
        for (let keyAt = 0; keyAt < count; keyAt++) total += attention[keyAt] = Math.exp(attention[keyAt]! - highest)
        for (let i = from; i < from + perHead; i++) {
          let sum = 0
          for (let keyAt = 0; keyAt < count; keyAt++) sum += attention[keyAt]! * vectors[keyAt * width + i]!
          mixed[queryAt * width + i] = sum / total
        }
      }
    }
  }

  return (ids, contextValues, at, into, intoAt) => {
    const count = ids.length
    for (let position = 0; position < count; position++)
      for (let i = 0; i < width; i++)
        values[position * width + i] = pieces[ids[position]! * width + i]! + positions[position * width + i]!
    for (const part of parts) {
      weigh(part, contextValues, at)
      mapped(values, count, width, part.query, part.queryBias, width, queries)
      for (let position = 0; position < count; position++)
        for (let i = 0; i < width; i++) queries[position * width + i]! *= weight[i]!
      mapped(values, count, width, part.key, part.keyBias, width, keys)
      mapped(values, count, width, part.value, part.valueBias, width, vectors)
      attend(count)
      mapped(mixed, count, width, part.output, part.outputBias, width, queries)
      addNormalised(values, queries, count, width, part.attentionGain, part.attentionNormBias)
      mapped(values, count, width, part.up, part.upBias, feedForward, upper)
      for (let i = 0; i < count * feedForward; i++) if (upper[i]! < 0) upper[i] = 0
      mapped(upper, count, feedForward, part.down, part.downBias, width, queries)
      addNormalised(values, queries, count, width, part.gain, part.normBias)
    }
    for (let i = 0; i < width; i++) {
      let sum = 0
      for (let position = 0; position < count; position++) sum += values[position * width + i]!
      means[i] = sum / count
    }
    for (let intent = 0; intent < intents; intent++) {
      let [ofFirst, ofMean] = [bias[intent]!, 0]
      for (let i = 0; i < width; i++) {
        ofFirst += values[i]! * first[i * intents + intent]!
        ofMean += means[i]! * mean[i * intents + intent]!
      }
      let logit = ofFirst + ofMean
      if (ofContext !== undefined)
        for (let column = 0; column < context; column++)
          logit += contextValues[at + column]! * ofContext[column * intents + intent]!
      into[intoAt + intent] = logit
    }
  }
}

interface Layer {
  readonly context: Float32Array | undefined
  readonly contextBias: Float32Array | undefined
  readonly weight: Float32Array | undefined
  readonly weightBias: Float32Array | undefined
  readonly query: Float32Array
  readonly queryBias: Float32Array
  readonly key: Float32Array
  readonly keyBias: Float32Array
  readonly value: Float32Array
  readonly valueBias: Float32Array
  readonly output: Float32Array
  readonly outputBias: Float32Array
  readonly attentionGain: Float32Array
  readonly attentionNormBias: Float32Array
  readonly up: Float32Array
  readonly upBias: Float32Array
  readonly down: Float32Array
  readonly downBias: Float32Array
  readonly gain: Float32Array
  readonly normBias: Float32Array
}

function layerOf(weights: IntentWeights, layer: number): Layer {
  const maybe = (name: string) => weights.get(`${layer} ${name}`)
  const block = (name: string) => maybe(name)!
  return {
    context: maybe('context'),
    contextBias: maybe('context bias'),
    weight: maybe('context weight'),
    weightBias: maybe('context weight bias'),
    query: block('query'),
    queryBias: block('query bias'),
    key: block('key'),
    keyBias: block('key bias'),
    value: block('value'),
    valueBias: block('value bias'),
    output: block('output'),
    outputBias: block('output bias'),
    attentionGain: block('attention norm gain'),
    attentionNormBias: block('attention norm bias'),
    up: block('up'),
    upBias: block('up bias'),
    down: block('down'),
    downBias: block('down bias'),
    gain: block('norm gain'),
    normBias: block('norm bias'),
  }
}

/** Computes into = from × map + bias for each position. The inner loop runs along rows of the map, in memory order. */
function mapped(
  from: Float32Array,
  count: number,
  inputs: number,
  map: Float32Array,
  bias: Float32Array,
  outputs: number,
  into: Float32Array,
): void {
  for (let position = 0; position < count; position++) {
    const at = position * outputs
    for (let i = 0; i < outputs; i++) into[at + i] = bias[i]!
    for (let input = 0; input < inputs; input++) {
      const value = from[position * inputs + input]!
      if (value === 0) continue
      const row = input * outputs
      for (let i = 0; i < outputs; i++) into[at + i]! += value * map[row + i]!
    }
  }
}

/**
 * Computes values ← gain × normalised(values + added) + bias for each position (layer normalisation: Ba, Kiros and
 * Hinton 2016).
 */
function addNormalised(
  values: Float32Array,
  added: Float32Array,
  count: number,
  width: number,
  gain: Float32Array,
  bias: Float32Array,
): void {
  for (let position = 0; position < count; position++) {
    const at = position * width
    let sum = 0
    for (let i = at; i < at + width; i++) sum += values[i]! += added[i]!
    const centre = sum / width
    let squares = 0
    for (let i = at; i < at + width; i++) squares += (values[i]! - centre) ** 2
    const scale = 1 / Math.sqrt(squares / width + NORM_FLOOR)
    for (let i = 0; i < width; i++) values[at + i] = (values[at + i]! - centre) * scale * gain[i]! + bias[i]!
  }
}
