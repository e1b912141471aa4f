import protobuf from "protobufjs";
import { attributeCodes, type NativeAttribute, type TensorValues } from "./native-backend.ts";

/** Part of TensorFlow's public graph format that a trace needs, with the field numbers of its .proto files. */
const schema = `
syntax = "proto3";
message Dim { int64 size = 1; }
message TensorShape { repeated Dim dim = 2; }
message TensorProto { int32 dtype = 1; TensorShape tensor_shape = 2; bytes tensor_content = 4; }
message ListValue { repeated bytes s = 2; repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; repeated int32 type = 6; }
message AttrValue {
  oneof value {
    ListValue list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6;
    TensorShape shape = 7; TensorProto tensor = 8;
  }
}
message NodeDef { string name = 1; string op = 2; repeated string input = 3; map<string, AttrValue> attr = 5; }
message VersionDef { int32 producer = 1; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message MetaInfo { repeated string tags = 4; }
message MetaGraph { MetaInfo meta_info_def = 1; GraphDef graph_def = 2; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
`;

const SavedModel = protobuf.parse(schema, { keepCase: true }).root.lookupType("SavedModel");

/** Version of the graph format of the nodes (TF_GRAPH_DEF_VERSION of TensorFlow 2.9). */
const producer = 987;

/** Attribute in the graph format. */
export type AttributeValue = Record<string, unknown>;

/** Node of a graph. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:output` or, for a control dependency, `^node`. */
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeValue>>;
}

/** Encodes a shape attribute. */
export function shapeValue(shape: readonly number[]): AttributeValue {
  return { shape: { dim: shape.map((size) => ({ size })) } };
}

/** Encodes the value attribute of a constant. */
export function tensorValue(dtype: number, shape: readonly number[], values: TensorValues): AttributeValue {
  const content = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return { tensor: { dtype, tensor_shape: shapeValue(shape).shape, tensor_content: content } };
}

const listFields: Record<number, "s" | "i" | "f" | "b" | "type"> = {
  [attributeCodes.string]: "s",
  [attributeCodes.int]: "i",
  [attributeCodes.float]: "f",
  [attributeCodes.bool]: "b",
  [attributeCodes.type]: "type",
};

/** Converts an attribute of the binding to the graph format. */
export function attributeValue({ name, type, value }: NativeAttribute): AttributeValue {
  if (type === attributeCodes.shape) return shapeValue(value as number[]);
  const field = listFields[type];
  if (field === undefined) throw new Error(`internal: attribute ${name} has the unknown type ${type}`);
  const encode = (item: unknown) => (field === "s" ? Buffer.from(String(item)) : item);
  return Array.isArray(value) ? { list: { [field]: value.map(encode) } } : { [field]: encode(value) };
}

/** Encodes one graph as a `saved_model.pb` with the tag `serve`. */
export function savedModelBytes(nodes: readonly GraphNode[]): Uint8Array {
  return SavedModel.encode(
    SavedModel.fromObject({
      saved_model_schema_version: 1,
      meta_graphs: [
        { meta_info_def: { tags: ["serve"] }, graph_def: { node: nodes, versions: { producer } } },
      ],
    }),
  ).finish();
}
