// Written by generators/compile-histogram.ts from histogram.wat.
import { packedBytes } from '../packed/packed-bytes.ts'
import { Module } from './web-assembly.ts'

const packed =
  'AGFzbQEAAAABIgRgBn9/fHx+fwBgCH9/f39/f39/AGAEf39/fwBgA39/fwACEgEGbWVtb3J5Bm1lbW9yeQIAAQMGBQABAgMABykFBHBhY2sAAA' +
  'RmaWxsAAEDc3VtAAIIc3VidHJhY3QAAwZ1bnBhY2sABArZAwVTAQF/IAAgAUEDdGohBgJAA0AgACAGTw0BIAUgACoCALsgAqKe/AY3AwAgBSAA' +
  'KgIEuyADop78BiAEhkIBfDcDCCAAQQhqIQAgBUEQaiEFDAALCwu6AQIDfwF7AkADQCACIANPDQEgAigCACEIIAEgCEEEdGr9AAQAIQsgACAIQQ' +
  'J0aigCACEJIAQgCUEEdEHwH3FqIQogCiAK/QAEACAL/c4B/QsEACAFIAlBBHZB8B9xaiEKIAogCv0ABAAgC/3OAf0LBAAgBiAJQQx2QfAfcWoh' +
  'CiAKIAr9AAQAIAv9zgH9CwQAIAcgCUEUdkHwH3FqIQogCiAK/QAEACAL/c4B/QsEACACQQRqIQIMAAsLCzgBAXsCQANAIAEgAk8NASAEIAAgAS' +
  'gCAEEEdGr9AAQA/c4BIQQgAUEEaiEBDAALCyADIAT9CwQACzQAAkADQCAAIAFPDQEgACAA/QAEACAC/QAEAP3RAf0LBAAgAEEQaiEAIAJBEGoh' +
  'AgwACwsLWQECfkIBIASGQgF9IQcCQANAIAAgAU8NASAFIAApAwC5IAKiOQMAIAApAwghBiAFIAYgBIe5IAOiOQMIIAUgBiAHg7o5AxAgAEEQai' +
  'EAIAVBGGohBQwACwsL'

let compiled: object | undefined

/** The compiled loops of `histogram.wat`. */
export function histogramModule(): object {
  return (compiled ??= new Module(packedBytes(packed)))
}
