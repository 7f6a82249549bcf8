/** The alerting rules: their metrics, their runbooks, and by promtool where it is installed (it is part of Prometheus). */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { createMetrics } from '../../api/operations/metrics.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'deploy/prometheus')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook_url: string }
}
const { groups } = parse(readFileSync(join(folder, 'rules.yaml'), 'utf8')) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
}
const rules = groups.flatMap((group) => group.rules)

/** Returns the names of all series at /metrics, with those that a histogram consists of. */
async function seriesAtMetrics(): Promise<ReadonlySet<string>> {
  const types = (await createMetrics().text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)
  return new Set(
    [...types].flatMap(([, name, type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((ending) => name! + ending) : [name!],
    ),
  )
}

test('every metric that a rule names exists at /metrics', async () => {
  const known = await seriesAtMetrics()
  expect(rules.length).toBeGreaterThan(10)
  for (const { alert, expr } of rules) {
    const named = expr.match(/\bscoreline_\w+/g) ?? []
    expect({ alert, named: named.length > 0, unknown: named.filter((name) => !known.has(name)) }).toEqual({
      alert,
      named: true,
      unknown: [],
    })
  }
})

test('every rule has a severity and a runbook, and every runbook a rule', () => {
  const document = readFileSync(join(root, 'docs/runbooks.md'), 'utf8')
  const sections = [...document.matchAll(/^## (\w+)$/gm)].map(([, name]) => name!)
  expect(sections).toEqual(rules.map(({ alert }) => alert))
  for (const { alert, labels, annotations } of rules) {
    expect(['warning', 'critical']).toContain(labels.severity)
    expect(annotations.runbook_url).toBe(`docs/runbooks.md#${alert.toLowerCase()}`)
  }
})

test('the examples of promtool name every rule', () => {
  const examples = readFileSync(join(folder, 'rules.test.yaml'), 'utf8')
  expect(rules.map(({ alert }) => alert).filter((name) => !examples.includes(`alertname="${name}"`))).toEqual([])
})

const hasPromtool = spawnSync('promtool', ['--version']).error === undefined
const testWithPromtool = hasPromtool ? test : test.skip

testWithPromtool.each([['check'], ['test']])('promtool %s rules', (action) => {
  const file = action === 'check' ? 'rules.yaml' : 'rules.test.yaml'
  const { status, stdout, stderr } = spawnSync('promtool', [action, 'rules', file], { cwd: folder, encoding: 'utf8' })
  expect({ status, text: stdout + stderr }).toEqual({ status: 0, text: expect.stringContaining('SUCCESS') as string })
})
