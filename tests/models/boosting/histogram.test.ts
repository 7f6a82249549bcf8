import { readFileSync } from 'node:fs'
import { compiledHistogram } from '../../../generators/compiled-histogram.ts'
import { BIN_SUMS, binRows, fitBins } from '../../../models/boosting/bins.ts'
import { createHistograms } from '../../../models/boosting/histogram.ts'
import { random } from '../../../models/random.ts'

test('histogram-module.ts is compiled from histogram.wat; after a change run `node generators/compile-histogram.ts`', async () => {
  const written = new URL('../../../models/boosting/histogram-module.ts', import.meta.url)
  expect(readFileSync(written, 'utf8')).toBe(await compiledHistogram())
})

// Features are counted in groups of four, so some widths leave the last group incomplete.
test.each([
  ['few', 3, 400],
  ['many', 330, 300],
])('the sums of %s bins are those of their rows, to the last bit for whole numbers', (_, width, count) => {
  const next = random(width)
  const rows = Float32Array.from({ length: width * count }, () => next())
  const binned = binRows(fitBins({ count, width, rows }, 255), { count, width, rows })
  const histograms = createHistograms(binned, 2)
  const { derivatives } = histograms
  for (let row = 0; row < count; row++) derivatives.set([Math.floor(200 * next()) - 100, 1], 2 * row)
  histograms.begin()
  const chosen = Int32Array.from({ length: count / 2 }, (_, i) => 2 * i)
  histograms.rows.set(chosen)
  const sums = new Float64Array(binned.starts[width]!)
  for (const row of chosen)
    for (let feature = 0; feature < width; feature++) {
      const at = binned.starts[feature]! + BIN_SUMS * binned.columns[feature * count + row]!
      sums[at]! += derivatives[2 * row]!
      sums[at + 1]! += 1
      sums[at + 2]! += 1
    }
  const half = histograms.count(0, chosen.length)
  expect([...histograms.read(half)]).toEqual([...sums])
  expect(histograms.sums(0, chosen.length)).toEqual({
    gradient: chosen.reduce((sum, row) => sum + derivatives[2 * row]!, 0),
    hessian: chosen.length,
    rows: chosen.length,
  })
  const quarter = histograms.count(0, count / 4)
  const first = histograms.read(quarter).slice()
  histograms.subtract(half, quarter)
  expect([...histograms.read(half)]).toEqual([...sums].map((sum, i) => sum - first[i]!))
})

test('sums of fractions are near those of doubles, whatever their size', () => {
  const count = 5000
  const next = random(1)
  const rows = new Float32Array(count)
  const histograms = createHistograms(binRows(fitBins({ count, width: 1, rows }, 255), { count, width: 1, rows }), 1)
  for (const size of [1e-9, 1, 1e6]) {
    let [gradient, hessian] = [0, 0]
    for (let row = 0; row < count; row++) {
      histograms.derivatives.set([size * (next() - 0.3), size * next()], 2 * row)
      gradient += histograms.derivatives[2 * row]!
      hessian += histograms.derivatives[2 * row + 1]!
    }
    histograms.begin()
    histograms.rows.set(Int32Array.from({ length: count }, (_, row) => row))
    const sums = histograms.sums(0, count)
    expect(sums.gradient / gradient).toBeCloseTo(1, 9)
    expect(sums.hessian / hessian).toBeCloseTo(1, 6)
    // There is one distinct value; the first bin is for missing values.
    const histogram = histograms.count(0, count)
    expect([...histograms.read(histogram)].slice(BIN_SUMS)).toEqual([sums.gradient, sums.hessian, count])
    histograms.free(histogram)
  }
})

test('no more histograms are handed out than agreed', () => {
  const data = { count: 2, width: 1, rows: Float32Array.of(1, 2) }
  const histograms = createHistograms(binRows(fitBins(data, 255), data), 1)
  histograms.count(0, 2)
  expect(() => histograms.count(0, 2)).toThrow('More than 1 histograms at once.')
})
