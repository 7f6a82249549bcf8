import type { ReleasedSchema } from '../schemas/release/released.ts'
import type { Subject } from './subject.ts'

/** A loaded extension, as the platform's lists see it. */
export interface LoadedExtension {
  readonly subject: Subject
  /** Its released schemas; their ids begin where the platform's never arrive. */
  readonly schemas: readonly ReleasedSchema[]
}

/** At most one. `subjects.ts` reads it when it is loaded, so an extension must be loaded before. */
export const loadedExtensions: LoadedExtension[] = []
