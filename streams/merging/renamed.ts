import { idPart } from '../../processors/processor.ts'

/** Returns the id of a record, or the name of a timer, with the new id where one of its parts is the former one. */
export function renamedId(id: string, formerId: string, customerId: string): string {
  if (!id.includes(formerId) && !id.includes(idPart(formerId))) return id
  return id
    .split('/')
    .map((part) => (part === formerId ? customerId : part === idPart(formerId) ? idPart(customerId) : part))
    .join('/')
}
