import { fitIntentTerms, fitShares } from '../../../../retrainer/training/intents/intent-terms.ts'

const INTENTS = 3
/** Correct logits, and logits that carry no information. */
const labels = Int32Array.from({ length: 90 }, (_, row) => (row === 0 ? -1 : row % INTENTS))
const right = Array.from(labels, (label, row) =>
  Array.from({ length: INTENTS }, (_, k) => (k === (row % 10 === 9 ? (label + 1) % INTENTS : label) ? 2 : 0)),
).flat()
const noise = right.map((_, place) => Math.sin(place * 7.3))

test('the informative part gets a large share, the uninformative one a small share, whichever it is', () => {
  const one = fitShares(right, noise, labels, INTENTS)
  expect(one.encoder).toBeGreaterThan(4 * one.terms)
  const other = fitShares(noise, right, labels, INTENTS)
  expect(other.terms).toBeGreaterThan(4 * other.encoder)
  // The combination is calibrated: nine of ten are correct.
  const sure = Math.exp(2 * one.encoder) / (Math.exp(2 * one.encoder) + 2)
  expect(sure).toBeGreaterThan(0.8)
  expect(sure).toBeLessThan(0.95)
})

test('terms recognise texts that they were not trained on; a text without an intent is reported and not trained on', async () => {
  const said = ['check my balance', 'block the card', 'open an account']
  const texts = Array.from({ length: 90 }, (_, row) => `${said[row % 3]} ${row % 7}`)
  const given = {
    count: 90,
    width: 0,
    rows: new Float32Array(0),
    texts,
    featureNames: [],
    isCode: [],
    labels: labels.map((label, row) => (row === 0 ? -1 : label)),
    intents: ['balance', 'block', 'open'],
  }
  const all = Int32Array.from(texts.keys())
  const { logProbabilities: told, parameters } = await fitIntentTerms(given, all.subarray(0, 60), all.subarray(60), 1)
  expect(told.length).toBe(30 * 3)
  for (let row = 60; row < 90; row++) {
    const own = told.subarray((row - 60) * 3, (row - 59) * 3)
    expect(own.indexOf(Math.max(...own))).toBe(row % 3)
  }
  expect(parameters.labels).toEqual(given.intents)
})
