/** How PyTorch lays images out: its default, and the one that its own guide recommends for convolutions. */
type MemoryFormat = "contiguous" | "channels_last";

/** What pytorch_worker.py does, and the settings of each. */
export interface PyTorchTasks {
  "training-step": { readonly batch: number; readonly format: MemoryFormat };
  forward: { readonly batch: number; readonly format: MemoryFormat };
}
