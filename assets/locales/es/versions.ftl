# La app, el servidor y los demás dispositivos no siempre son de la misma versión.
failure-protocol = La aplicación y el servidor no son de la misma versión. Actualice la aplicación. Lo que guardó sigue aquí y se enviará entonces.

newer-title = Apartado
newer-hint =
    { $n ->
        [one] Una entrada de otro dispositivo no se muestra: la registró una versión más nueva de la aplicación, no se puede leer o fue retirada. Se conserva tal como se registró.
       *[other] { $n } entradas de otros dispositivos no se muestran: las registró una versión más nueva de la aplicación, no se pueden leer o fueron retiradas. Se conservan tal como se registraron.
    }
newer-unread = Entrada ilegible
newer-line = Tal como se registró
