/** Plots the results of `npm run bench -- growth --json FILE`: `node bench/growth-plots.ts FILE docs/growth.svg`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { chart } from '../retrainer/report/chart.ts'
import { markup, type Markup } from '../retrainer/report/markup.ts'
import { dots, line } from '../retrainer/report/shapes.ts'
import { style } from '../retrainer/report/style.ts'
import type { Growth } from './sb-s/growth-run.ts'

interface Row extends Growth {
  readonly keys: number
  readonly partitions: number
  readonly processes: number
}

type Size = 'keys' | 'partitions' | 'processes'

interface Plot {
  readonly along: Size
  readonly measured: keyof Growth
  readonly title: string
  readonly unit: string
}

const plots: readonly Plot[] = [
  { along: 'keys', measured: 'eventsPerSecond', title: 'Speed by keys', unit: 'thousand events/s' },
  { along: 'keys', measured: 'anonymousMegabytes', title: 'Memory by keys', unit: 'MB' },
  { along: 'keys', measured: 'restoreSeconds', title: 'Restore by keys', unit: 's' },
  { along: 'partitions', measured: 'eventsPerSecond', title: 'Speed by partitions', unit: 'thousand events/s' },
  { along: 'partitions', measured: 'restoreSeconds', title: 'Restore by partitions', unit: 's' },
  { along: 'processes', measured: 'eventsPerSecond', title: 'Speed by processes', unit: 'thousand events/s' },
]
const COLUMNS = 3
const WIDTH = 340
const HEIGHT = 250

const [from, to] = process.argv.slice(2)
if (from === undefined || to === undefined) throw new Error('Say which answer to read and which picture to write.')
const { rows } = JSON.parse(readFileSync(from, 'utf8')) as { rows: Row[] }

function pointsOf({ along, measured, unit }: Plot): { readonly x: number; readonly y: number; readonly tip: string }[] {
  const usual = rows.find((row) => row.keys === 100_000 && row.partitions === 4 && row.processes === 1)!
  const others = (['keys', 'partitions', 'processes'] as const).filter((size) => size !== along)
  return rows
    .filter((row) => others.every((size) => row[size] === usual[size]))
    .map((row) => ({
      x: Math.log2(row[along]),
      y: row[measured] / (unit.startsWith('thousand') ? 1_000 : 1),
      tip: `${row[along]} ${along}: ${row[measured]}`,
    }))
    .sort((one, other) => one.x - other.x)
}

function draw(plot: Plot, index: number): Markup {
  const points = pointsOf(plot)
  const inner = chart(
    {
      id: `plot-${index}`,
      title: plot.title,
      description: points.map(({ tip }) => tip).join('; '),
      x: {
        label: `${plot.along} (logarithmic)`,
        from: points[0]!.x,
        to: points.at(-1)!.x,
        format: (value) => shortened(2 ** value),
        ticks: 4,
      },
      y: { label: plot.unit, from: 0, to: Math.max(...points.map(({ y }) => y)) * 1.1 },
      width: WIDTH,
      height: HEIGHT,
    },
    (x, y) =>
      markup`${line(points, x, y)}${dots(
        points.map((point) => ({ ...point, lower: null, upper: null })),
        x,
        y,
      )}`,
  )
  const [left, top] = [(index % COLUMNS) * WIDTH, Math.floor(index / COLUMNS) * (HEIGHT + 24)]
  return markup`<text x="${left + WIDTH / 2}" y="${top + 16}" text-anchor="middle" class="label">${plot.title}</text><svg x="${left}" y="${top + 22}" width="${WIDTH}" height="${HEIGHT}">${inner}</svg>`
}

function shortened(count: number): string {
  return count >= 1e6
    ? `${(count / 1e6).toPrecision(2)}M`
    : count >= 1_000
      ? `${Math.round(count / 1_000)}k`
      : String(Math.round(count))
}

const height = Math.ceil(plots.length / COLUMNS) * (HEIGHT + 24)
const { html } =
  markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${COLUMNS * WIDTH} ${height}" font-family="sans-serif"><style>${{ html: style }}</style><rect width="100%" height="100%" fill="var(--surface)"/>${plots.map(draw)}</svg>`
writeFileSync(to, `${html}\n`)
