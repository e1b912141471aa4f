/** How PyTorch lays images out: its default, and the one that its own guide recommends for convolutions. */
type MemoryFormat = "contiguous" | "channels_last";

/** What pytorch_worker.py does, and the settings of each. */
export interface PyTorchTasks {
  "training-step": { readonly batch: number; readonly format: MemoryFormat };
  /** Batches of the given size that a frozen backbone passes in training mode, and the classifier's step on the first. */
  "classifier-step": { readonly batch: number; readonly batches: number };
  forward: { readonly batch: number; readonly format: MemoryFormat };
}
