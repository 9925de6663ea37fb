/// The version of the command and of the documents it writes.
public let flowboundVersion = "0.1.0"
