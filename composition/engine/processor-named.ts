import { processors } from '../../processors/processors.ts'
import type { Processor } from '../../processors/processor.ts'

/** Throws, with the names that there are, where there is none of this name. */
export function processorNamed(name: string): Processor {
  const found = processors.find((processor) => processor.name === name)
  if (found === undefined)
    throw new Error(`There is no processor ${name}. There are: ${processors.map((one) => one.name).join(', ')}.`)
  return found
}
