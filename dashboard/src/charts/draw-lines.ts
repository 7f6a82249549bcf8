import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { clockTime, date } from '../format.ts'
import type { LineSeries } from './line-series.ts'

export interface Lines {
  /** Ascending, ms since 1970. */
  readonly times: readonly number[]
  readonly series: readonly LineSeries[]
  readonly format: (value: number) => string
}

const HEIGHT = 180
const DAY_MS = 86_400_000
/** Lines over fewer days name the times, others the days. */
const DAYS_OF_TIMES = 2

/** Draws lines in an element, and again for another width or theme, until the returned function is called. */
export function drawLines(element: HTMLElement, lines: Lines): () => void {
  const data: uPlot.AlignedData = [
    lines.times.map((time) => time / 1_000),
    ...lines.series.map(({ values }) => [...values]),
  ]
  const draw = () => new uPlot(optionsFor(element, lines), data, element)
  let plot = draw()
  const resizing = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }))
  resizing.observe(element)
  const again = () => {
    plot.destroy()
    plot = draw()
  }
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', again)
  const theme = new MutationObserver(again)
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    resizing.disconnect()
    theme.disconnect()
    dark.removeEventListener('change', again)
    plot.destroy()
  }
}

function optionsFor(element: HTMLElement, { times, series, format }: Lines): uPlot.Options {
  const colour = (name: string) => resolved(element, name)
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line') }, ticks: { stroke: colour('--line') } }
  const isWithinDays = times.at(-1)! - times[0]! < DAYS_OF_TIMES * DAY_MS
  const timeText = isWithinDays ? clockTime : date
  return {
    width: element.clientWidth,
    padding: [8, 32, 0, 0],
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true } },
    axes: [
      { ...axis, values: (_plot, seconds) => seconds.map((one) => timeText(new Date(one * 1_000).toISOString())) },
      { ...axis, size: 64, values: (_plot, values) => values.map((value) => format(value)) },
    ],
    series: [
      {},
      ...series.map(({ label, colour: name, dashed }) => ({
        label,
        stroke: colour(name),
        width: 2,
        spanGaps: true,
        points: { show: times.length < 2 },
        ...(dashed === true ? { dash: [6, 4] } : {}),
      })),
    ],
  }
}

/** Returns a colour of the theme as the canvas reads it, which knows neither variables nor `light-dark`. */
function resolved(element: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
