# La app, el servidor y los demás dispositivos no siempre son de la misma versión.
failure-protocol = Esta app y el servidor no se entienden: uno de los dos es más nuevo. Actualice la app. Lo que guardó sigue aquí y se enviará entonces.

newer-title = Apartado
newer-hint = { $n ->
    [one] Una entrada de otro dispositivo no se muestra: la registró una versión más nueva de la app, no se puede leer o fue retirada. Se conserva tal como se escribió.
   *[other] { $n } entradas de otros dispositivos no se muestran: las registró una versión más nueva de la app, no se pueden leer o fueron retiradas. Se conservan tal como se escribieron.
}
newer-unread = Entrada ilegible
newer-line = Tal como se escribió
