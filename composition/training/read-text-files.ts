import { readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import type { TextFiles } from '../../retrainer/training/texts/join-cases.ts'
import type { CommandContext } from '../context.ts'
import { csvOptionsOf, type FileOptions } from './file-options.ts'

/** Reads the training rows, and the validation and test rows if they have separate files. */
export async function readTextFiles(
  context: CommandContext,
  {
    data,
    validation,
    test,
    ...reading
  }: FileOptions & { readonly data: string; readonly validation?: string; readonly test?: string },
): Promise<TextFiles> {
  const options = csvOptionsOf(context, reading)
  return {
    data: await readJsonLines(data, options),
    validation: validation === undefined ? undefined : await readJsonLines(validation, options),
    test: test === undefined ? undefined : await readJsonLines(test, options),
  }
}
