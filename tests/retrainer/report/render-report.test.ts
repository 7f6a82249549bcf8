import { evaluate } from '../../../models/evaluation/evaluate.ts'
import { renderReport } from '../../../retrainer/report/render-report.ts'
import { classificationEvaluation, regressionEvaluation, reportedModel } from './reported.ts'

/** Returns the names of elements that are opened and not closed, or closed and not opened. */
function unbalanced(html: string): string[] {
  const elements = html.replaceAll(/<style>[^]*<\/style>|<[a-z]+ [^<>]*\/>|<meta [^<>]*>/g, '')
  const open: string[] = []
  for (const [, slash, name] of elements.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
    if (slash === '') open.push(name!)
    else if (open.pop() !== name) return [`</${name}>`]
  }
  return open
}

const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, found]) => found!)

describe.each([
  ['classes', classificationEvaluation],
  ['estimates', regressionEvaluation],
])('a report on %s', (_, evaluationOf) => {
  const html = renderReport(reportedModel, evaluationOf())

  it('needs nothing but itself', () => {
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).not.toContain('http')
    expect(html).not.toContain('<script')
    expect(html).not.toMatch(/<link|@import|url\(|src=/)
  })

  it('is well-formed and has no gaps', () => {
    expect(unbalanced(html)).toEqual([])
    expect(html).not.toMatch(/NaN|undefined|Infinity|\[object|null/)
  })

  it('describes every picture in words', () => {
    const ids = all(html, /\sid="([^"]*)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    const named = all(html, /aria-labelledby="([^"]*)"/g)
    expect(named).toHaveLength(html.split('<svg').length - 1)
    for (const id of named.flatMap((names) => names.split(' '))) expect(ids).toContain(id)
    for (const words of all(html, /<desc[^>]*>([^<]*)</g)) expect(words.length).toBeGreaterThan(20)
  })

  it('is the same again for the same input', () => {
    expect(renderReport(reportedModel, evaluationOf())).toBe(html)
  })

  it('supports light and dark', () => {
    expect(html).toContain('prefers-color-scheme: dark')
  })
})

const headings = (html: string) => all(html, /<h2>([^<]*)<\/h2>/g)

test('everything has its place', () => {
  expect(headings(renderReport(reportedModel, classificationEvaluation()))).toEqual([
    'What it is worth',
    'Compared with others',
    'Telling one from the other',
    'Calibration',
    'Lift and gain',
    'What it looks at',
    'How the score moves',
    'Groups',
  ])
  expect(headings(renderReport(reportedModel, regressionEvaluation()))).toEqual([
    'What it is worth',
    'Compared with others',
    'Estimated and actual',
    'Residuals',
    'What it looks at',
    'How the score moves',
    'Groups',
  ])
})

test('missing values are named in the chart of the score', () => {
  const missing = { share: 0.76, meanScore: 0.42 }
  const partialDependence = reportedModel.partialDependence.map((one) => ({ ...one, missing }))
  const html = renderReport({ ...reportedModel, partialDependence }, classificationEvaluation())
  expect(html).toContain('balance; missing (76 %): 0.42')
  // In the chart of the categories, and in both tables.
  expect(html.split('missing (76 %)').length - 1).toBeGreaterThanOrEqual(4)
  expect(renderReport(reportedModel, classificationEvaluation())).not.toContain('missing (')
})

test('missing parts are left out', () => {
  const bare = {
    ...reportedModel,
    excluded: [],
    notes: [],
    importance: [],
    partialDependence: [],
    comparison: undefined,
  }
  const evaluation = evaluate('classification', Float64Array.of(0, 0), Float64Array.of(0.1, 0.3), {
    baselineScore: 0.2,
    seed: 1,
  })
  const html = renderReport(bare, evaluation)
  expect(headings(html)).toEqual(['What it is worth', 'Calibration'])
  expect(html).not.toContain('Left out')
})

test('words from outside are words, and nothing else', () => {
  const evil = `<script>alert("1")</script>'&`
  const html = renderReport(
    {
      ...reportedModel,
      title: evil,
      task: evil,
      algorithm: evil,
      split: evil,
      excluded: [evil],
      notes: [evil],
      importance: [{ name: evil, share: 1 }],
      partialDependence: [
        { feature: evil, kind: 'category', points: [{ value: 0, name: evil, meanScore: 0.4 }] },
        { feature: evil, kind: 'number', points: [{ value: 0, name: null, meanScore: 0.4 }] },
      ],
      comparison: [{ name: evil, isChosen: true, metrics: { [evil]: 1 }, note: evil }],
    },
    evaluate('classification', Float64Array.of(0, 1), Float64Array.of(0.1, 0.3), {
      baselineScore: 0.2,
      seed: 1,
      groups: [{ attribute: evil, groups: [evil, evil] }],
    }),
  )
  expect(html).not.toContain('<script')
  expect(html).not.toContain('alert("1")')
  expect(html.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;').length).toBeGreaterThan(12)
})

test('only significant differences are called better', () => {
  const next = classificationEvaluation()
  const html = renderReport(reportedModel, {
    ...next,
    metrics: [
      { name: 'auc', value: 0.8, lower: 0.7, upper: 0.9, baseline: 0.5 },
      { name: 'logLoss', value: 0.6, lower: 0.4, upper: 0.8, baseline: 0.7 },
      { name: 'brier', value: 0.3, lower: 0.28, upper: 0.32, baseline: 0.2 },
    ],
  })
  expect(all(html, />(better|worse|no clear difference)</g)).toEqual(['better', 'no clear difference', 'worse'])
})
