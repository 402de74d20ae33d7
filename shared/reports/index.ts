export {
  type Comparison,
  type Converted,
  compareAudiences,
  type HadAtEntry,
  type Passage,
  type Trait,
} from './compare-audiences.ts';
