import type { Dataset } from '../../models/model.ts'
import { random } from '../../models/random.ts'

/**
 * Rows whose labels depend on the first two features (and on the text, if wanted), with noise; the third feature has
 * gaps, the fourth is constant, the fifth unknown.
 */
export function syntheticData(
  count: number,
  kind: 'classification' | 'regression',
  { seed = 1, withTexts = false } = {},
): Dataset {
  const next = random(seed)
  const width = 5
  const rows = new Float32Array(count * width)
  const labels = new Float64Array(count)
  const texts: (string | null)[] = []
  for (let i = 0; i < count; i++) {
    const row = [next() * 2 - 1, (next() * 2 - 1) * 1e6, next() < 0.3 ? Number.NaN : next(), 3, Number.NaN]
    rows.set(row, i * width)
    const wants = next() < 0.5
    texts.push(withTexts ? (wants ? '客户很满意,想尽快签合同' : '客户没有兴趣,已经选择别家') : null)
    const signal = 3 * row[0]! - 2e-6 * row[1]! + (withTexts ? (wants ? 1.5 : -1.5) : 0)
    labels[i] = kind === 'regression' ? signal + 0.3 * (next() - 0.5) : next() < 1 / (1 + Math.exp(-signal)) ? 1 : 0
  }
  const featureNames = ['a', 'b', 'gaps', 'constant', 'unknown']
  return { count, width, rows, texts, labels, featureNames, times: Float64Array.from({ length: count }, (_, i) => i) }
}
