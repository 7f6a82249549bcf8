import type { TaskModel } from '../../api/ports.ts'
import type { Model } from '../../models/model.ts'
import { occlude, type RemainingLines, type TextReasons } from '../../models/text/occlusion.ts'

/** Attributes a text's score to its lines and words by occlusion. `scoreOf` gets all texts of a step at once. */
export async function attributeText(
  lines: readonly string[],
  most: number,
  scoreOf: (texts: readonly RemainingLines[]) => Promise<ArrayLike<number>>,
): Promise<TextReasons> {
  const reading = occlude(lines, most)
  for (let step = reading.next(); ; step = reading.next(await scoreOf(step.value)))
    if (step.done === true) return step.value
}

/** Returns the text reasons of a served model, whose text has one visit per line. */
export function textReasonsOf(model: Pick<Model, 'outputs' | 'score'>): NonNullable<TaskModel['textReasons']> {
  return ({ values: row, text, lineTimes }, output, most) =>
    attributeText(text.split('\n'), most, async (left) => {
      const count = left.length
      const rows = new Float32Array(count * row.length)
      for (let place = 0; place < count; place++) rows.set(row, place * row.length)
      const texts = left.map((lines) => lines.filter((line) => line !== undefined).join('\n'))
      const given = new Float64Array(count * model.outputs.length)
      const times = left.map((lines) => lineTimes?.filter((_, line) => lines[line] !== undefined) ?? null)
      await model.score({ count, width: row.length, rows, texts, lineTimes: times }, given)
      return texts.map((_, place) => given[place * model.outputs.length + output]!)
    })
}
